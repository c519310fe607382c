// The last line of a test run: `N passed, N failed`. A file that does not load is a failure, and so
// is an error outside any test.
export default class CountReporter {
  onTestRunEnd(modules, errors) {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else failed += 1; // a skipped test is not a passed one
      }
    }
    // vitest prints its own summary after this hook; the count has to come last.
    process.on("exit", () => console.log(`${passed} passed, ${failed} failed`));
  }
}
