import { describe, expect, test } from "vitest";
import { inTurn } from "./turns.ts";

/** An act that says when it began, and ends when it is told to. */
function acts() {
  const began: string[] = [];
  const ends = new Map<string, { readonly well: () => void; readonly badly: () => void }>();
  const act = (name: string) => () => {
    began.push(name);
    return new Promise<string>((resolve, reject) => {
      ends.set(name, { well: () => resolve(name), badly: () => reject(new Error(name)) });
    });
  };
  return { began, act, end: (name: string) => ends.get(name) };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe("turns", () => {
  test("of one subject are taken one after another, in the order they came", async () => {
    const { began, act, end } = acts();
    const turns = inTurn();
    const all = ["a", "b", "c"].map((name) => turns("incident/INC-1", act(name)));
    await soon();
    expect(began).toEqual(["a"]);
    end("a")?.well();
    await soon();
    expect(began).toEqual(["a", "b"]);
    end("b")?.well();
    await soon();
    end("c")?.well();
    expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
  });

  test("of other subjects wait for nobody, nor does what makes its subject", async () => {
    const { began, act } = acts();
    const turns = inTurn();
    for (const [name, subject] of [
      ["a", "incident/INC-1"],
      ["b", "incident/INC-2"],
      ["c", "signal"],
      ["d", "signal"],
    ] as const)
      void turns(subject, act(name));
    await soon();
    expect(began).toEqual(["a", "b", "c", "d"]);
  });

  test("whose act fails is its own caller's failure, and the next one's turn", async () => {
    const { began, act, end } = acts();
    const turns = inTurn();
    const first = turns("incident/INC-1", act("a"));
    const second = turns("incident/INC-1", act("b"));
    end("a")?.badly();
    await expect(first).rejects.toThrow("a");
    await soon();
    expect(began).toEqual(["a", "b"]);
    end("b")?.well();
    expect(await second).toBe("b");
  });
});
