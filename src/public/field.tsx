/**
 * Field: one question of a form, with its hint and with what would be right, tied
 * together so that a screen reader says all three.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { Child } from "hono/jsx";
import { sizeWords } from "../core/notice/attachment.ts";
import {
  SENT_FILE_BYTES_MAX,
  SENT_FILES_BYTES_MAX,
  SENT_FILES_MAX,
} from "../core/signal/sent-file.ts";

type Given = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: Child;
  readonly wrong?: string | undefined;
  readonly required?: boolean;
  readonly max: number;
  /** A text of several lines, this many shown; else one line. */
  readonly rows?: number;
  readonly type?: "text" | "email";
  readonly autocomplete?: "name" | "email" | "off";
  /** Behind the label of what may stay empty, in the reader's language. */
  readonly optional?: string;
};

export function Field({ name, label, hint, wrong, ...given }: Given) {
  const { value, required = false, max, rows, type = "text", autocomplete = "off" } = given;
  const { optional = " (optional)" } = given;
  const described = [hint && `${name}_hint`, wrong && `${name}_wrong`].filter(Boolean).join(" ");
  const shared = {
    id: `field_${name}`,
    name,
    required,
    "aria-describedby": described === "" ? undefined : described,
    "aria-invalid": wrong === undefined ? undefined : ("true" as const),
  };
  return (
    <div class="field">
      <label for={`field_${name}`}>
        {label}
        {required ? "" : optional}
      </label>
      {hint ? (
        <div class="hint" id={`${name}_hint`}>
          {hint}
        </div>
      ) : null}
      {wrong === undefined ? null : (
        <p class="wrong" id={`${name}_wrong`}>
          {wrong}
        </p>
      )}
      {rows === undefined ? (
        <input {...shared} type={type} value={value} maxlength={max} autocomplete={autocomplete} />
      ) : (
        // A line end that opens a text area is not part of its text: one is put before it.
        <textarea {...shared} rows={rows} maxlength={max}>{`\n${value}`}</textarea>
      )}
    </div>
  );
}

type Files = { readonly wrong: string | undefined; readonly isAgain: boolean };

/** Files to send along. It stands last in its form: what was typed arrives before them. */
export function FilesField({ wrong, isAgain }: Files) {
  const again = isAgain ? "Choose the files again: a browser does not keep them." : undefined;
  const said = [wrong, again].filter((sentence) => sentence !== undefined).join(" ");
  return (
    <div class="field">
      <label for="field_files">Files (optional)</label>
      <div class="hint" id="files_hint">
        Screenshots, a proof of concept. At most {SENT_FILES_MAX}, {sizeWords(SENT_FILE_BYTES_MAX)}{" "}
        each and {sizeWords(SENT_FILES_BYTES_MAX)} together; only our team can save them, and nobody
        opens them here.
      </div>
      {said === "" ? null : (
        <p class="wrong" id="files_wrong">
          {said}
        </p>
      )}
      <input
        id="field_files"
        type="file"
        name="files"
        multiple
        aria-describedby={said === "" ? "files_hint" : "files_hint files_wrong"}
        aria-invalid={wrong === undefined ? undefined : ("true" as const)}
      />
    </div>
  );
}

type Choice = {
  readonly name: string;
  readonly legend: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
};

export function Choices({ name, legend, value, options }: Choice) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(([option, label]) => (
        <label>
          <input type="radio" name={name} value={option} checked={value === option} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
