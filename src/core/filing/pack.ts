/**
 * Pack: one form with every field filled from the record, or marked as not known yet.
 *
 * Each value says where it came from and how sure it is: nothing that is only suspected
 * reads as confirmed. A person's own words stand before what the record would fill in.
 * The hash is over what would be pasted and nothing else, so the same pack read a minute
 * later has the same one.
 *
 * This program prepares and records; a person files.
 */

import type { LawClause, Regime } from "../law/regime.ts";
import type { Instant } from "../time/instant.ts";
import { type FiledField, hashOf } from "./contents.ts";
import { type Filled, fillField } from "./fill.ts";
import type { FilingField, FilingForm } from "./form.ts";
import { formOf } from "./forms.ts";
import type { FilingMaterial } from "./material.ts";

export type PackField = FilingField &
  Filled & {
    /** Counts what people wrote under it; 0 where it is the record's. */
    readonly revision: number;
  };

export type FilingPack = {
  readonly incident: string;
  readonly drill: boolean;
  readonly regime: Pick<Regime, "id" | "name" | "jurisdiction" | "cite" | "url" | "verified">;
  readonly stage: string;
  readonly recipient: string;
  readonly form: Omit<FilingForm, "fields">;
  readonly dueAt?: Instant;
  readonly isDayEnd?: true;
  /** Whether it would be late now, or was when it was first filed. */
  readonly late: boolean;
  readonly fields: readonly PackField[];
  /** What the hash is of: the fields that have a value, with how each is held. */
  readonly contents: string;
  readonly hash: string;
};

/** The pack of one stage from what the record has. */
export function packOf(regime: Regime, clause: LawClause, material: FilingMaterial): FilingPack {
  const { fields: asked, ...form } = formOf(regime, clause);
  const fields = asked.map((field): PackField => {
    const written = material.written[field.id];
    const filled = fillField(field, material);
    return { ...field, ...filled, revision: written?.revision ?? 0 };
  });
  const contents = contentsOf(regime, clause, material.reference, fields);
  const { id, name, jurisdiction, cite, url, verified } = regime;
  return {
    incident: material.reference,
    drill: material.drill,
    regime: { id, name, jurisdiction, cite, verified, ...(url === undefined ? {} : { url }) },
    stage: clause.id,
    recipient: clause.recipientName ?? clause.recipient,
    form,
    ...(material.dueAt === undefined ? {} : { dueAt: material.dueAt }),
    ...(material.isDayEnd ? { isDayEnd: true } : {}),
    late: material.late,
    fields,
    contents,
    hash: hashOf(contents),
  };
}

function contentsOf(
  regime: Regime,
  { id: stage }: LawClause,
  incident: string,
  fields: readonly PackField[],
): string {
  const filed = fields.flatMap(({ id, value, held }): FiledField[] =>
    value === undefined ? [] : [{ id, value, held }],
  );
  return JSON.stringify({
    format: "duenotice/filing/1",
    incident,
    regime: regime.id,
    stage,
    fields: filed,
  });
}

/** Fields that are asked for now and that nobody knows yet. */
export const openFields = ({ fields }: Pick<FilingPack, "fields">): readonly PackField[] =>
  fields.filter(({ asked, value }) => asked === "always" && value === undefined);

export const NOT_KNOWN = "Not known yet.";

/** The whole pack as text to paste, field by field in the form's order. */
export function packText({ fields }: Pick<FilingPack, "fields">): string {
  const sections = [...new Set(fields.map(({ section }) => section))];
  return sections
    .map((section) => {
      const own = fields.filter((field) => field.section === section);
      const lines = own.map(({ label, value }) => `${label}\n${value ?? NOT_KNOWN}`);
      return [section.toUpperCase(), ...lines].join("\n\n");
    })
    .join("\n\n\n");
}
