/**
 * The lists of a draft: phases, gates, roles, channels, elements, stages, mitigations,
 * providers.
 */

import type { Policy } from "../policy.ts";
import { ask, took, type Under } from "./draft-under.ts";
import { idFrom } from "./ids.ts";
import { shown } from "./words.ts";

export function phasesOf(under: Under) {
  const { phases } = under.reading;
  if (phases.length === 0)
    return [
      {
        id: "respond",
        name: "{{Which phases does a response have?}}",
        does: ask(
          under,
          "/phases/0/does",
          "phases-missing",
          "Which phases does a response have, and what happens in each?",
        ),
      },
    ];
  const taken = new Set<string>();
  return phases.slice(0, 20).map(({ name, body }, i) => ({
    id: idFrom(name.text, taken, "phase"),
    name: took(under, `/phases/${i}`, name, shown(name.text, 58)),
    does:
      body.text === ""
        ? ask(
            under,
            `/phases/${i}/does`,
            "phase-without-words",
            `What happens in the phase ${shown(name.text, 58)}?`,
            name,
          )
        : body.text.slice(0, 3_900),
  }));
}

export function gatesOf(under: Under) {
  const { fixGates, closeGates } = under.reading;
  const taken = new Set<string>();
  const fix = fixGates.slice(0, 20).map(({ words, second }, i) => ({
    id: idFrom(words.text, taken, "gate"),
    says: took(under, `/gates/fix/${i}`, words, shown(words.text, 298)),
    evidence: "link" as const,
    ...(second ? { second: true as const } : {}),
  }));
  const close = closeGates.slice(0, 20).map(({ words, remediated }, i) => ({
    id: idFrom(words.text, taken, "gate"),
    says: took(under, `/gates/close/${i}`, words, shown(words.text, 298)),
    ...(remediated ? { holds: { moment: "remediatedAt" } } : { evidence: "note" as const }),
  }));
  return { ...(fix.length > 0 ? { fix } : {}), ...(close.length > 0 ? { close } : {}) };
}

export function rolesOf(under: Under) {
  const { roles } = under.reading;
  if (roles.length === 0)
    return [
      {
        id: "lead",
        name: "{{Which functions are covered?}}",
        responsibility: ask(
          under,
          "/roles/0/responsibility",
          "roles-missing",
          "Which functions are covered in an incident, and who holds them?",
        ),
      },
    ];
  const taken = new Set<string>();
  const inside = roles.filter(({ outside }) => !outside);
  return [...inside, ...roles.filter(({ outside }) => outside)]
    .slice(0, 30)
    .map(({ name, responsibility, holder, outside }, i) => ({
      id: idFrom(name.text, taken, "role"),
      name: took(
        under,
        `/roles/${i}`,
        name,
        shown(`${name.text.charAt(0).toUpperCase()}${name.text.slice(1)}`, 58),
      ),
      responsibility: responsibility
        ? responsibility.text.slice(0, 3_900)
        : ask(
            under,
            `/roles/${i}/responsibility`,
            "role-without-words",
            `What does the role ${shown(name.text, 58)} answer for?`,
            name,
          ),
      ...(outside ? { outside: true as const } : {}),
      ...(holder ? { contact: shown(holder.text, 298) } : {}),
    }));
}

export function channelsOf(under: Under): Policy["channels"] {
  const { channels } = under.reading;
  const taken = new Set<string>();
  const drafted = channels.slice(0, 60).map(({ name, says, direction, kind }, i) => ({
    id: idFrom(name.text, taken, kind),
    name: took(
      under,
      `/channels/${i}`,
      name,
      shown(`${name.text.charAt(0).toUpperCase()}${name.text.slice(1)}`, 78),
    ),
    direction,
    kind: kind as Policy["channels"][number]["kind"],
    ...(says ? { says: shown(says.text, 3_900) } : {}),
  }));
  if (drafted.some(({ direction }) => direction === "in")) return drafted;
  const says = ask(
    under,
    `/channels/${drafted.length}/says`,
    "channels-missing",
    "How do signals reach you?",
  );
  return [
    ...drafted,
    {
      id: idFrom("unknown", taken, "in"),
      name: "{{How do signals reach you?}}",
      direction: "in" as const,
      kind: "other" as const,
      says,
    },
  ];
}

export function elementsOf(under: Under) {
  return under.reading.elements.slice(0, 40).map(({ id, words }, i) => ({
    id,
    name: took(under, `/elements/${i}`, words, shown(words.text.replace(/[.;]+$/, ""), 78)),
    says: shown(words.text, 298),
  }));
}

export function stagesOf(under: Under) {
  const { stages } = under.reading;
  const taken = new Set<string>();
  const drafted = stages.slice(0, 12).map(({ name, body }, i) => ({
    id: idFrom(name.text.replace(/\(.*/, ""), taken, "stage"),
    name: took(under, `/stages/${i}`, name, shown(name.text, 58)),
    adds:
      body.text === ""
        ? ask(
            under,
            `/stages/${i}/adds`,
            "stage-without-words",
            `What does the stage ${shown(name.text, 58)} add?`,
            name,
          )
        : body.text.slice(0, 3_900),
  }));
  return drafted.length > 0 ? { stages: drafted } : {};
}

export function mitigationsOf(under: Under) {
  const { mitigations } = under.reading;
  const taken = new Set<string>();
  if (mitigations.length === 0)
    return [
      {
        id: "undecided",
        name: ask(
          under,
          "/mitigations/0/name",
          "mitigations-missing",
          "Which controls reduce the risk at once?",
        ),
      },
    ];
  return mitigations.slice(0, 40).map((words, i) => ({
    id: idFrom(words.text, taken, "control"),
    name: took(under, `/mitigations/${i}`, words, shown(words.text, 78)),
  }));
}

export function providersOf(under: Under) {
  const providers = under.reading.providers
    .slice(0, 100)
    .map(({ role, name, interface: told }, i) => {
      under.origins.set(`/providers/${i}`, name);
      return {
        role: shown(role.text, 78),
        name: shown(name.text, 78),
        interface: shown(told.text, 298),
      };
    });
  return providers.length > 0 ? { providers } : {};
}
