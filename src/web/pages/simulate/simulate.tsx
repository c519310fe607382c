/**
 * What if: a situation is supposed, and what it would owe is said, by the published policy,
 * by contracts and by law; nothing is recorded. The address holds the question, so that it
 * can be sent to somebody; it names no customer but by id.
 */

import { usePolicy } from "../../policy-on-screen.ts";
import { Situation } from "./situation.tsx";

export function Simulate() {
  const policy = usePolicy("current")?.policy;
  if (!policy) return <p className="shell-wait">Opening…</p>;
  return (
    <>
      <h1>What if</h1>
      <p className="secondary">
        By the published policy, the contracts on record and the laws that could bind us. Nothing of
        this is recorded.
      </p>
      <Situation policy={policy} />
    </>
  );
}
