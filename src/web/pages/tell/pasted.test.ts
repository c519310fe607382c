import { expect, test } from "vitest";
import { cleanPasted } from "./pasted.ts";

test("bullets of a word processor become the list that a letter has, numbers stay numbers", () => {
  const word =
    "What happened\r\n\r\n\u00b7\tRotate\u00a0the key\r\n\uf0b7\u00a0\u00a0\u00a0Upgrade to 2.14.3\r\no\tBoth today\r\n1.\tFirst\r\n2)\tSecond\r\n";
  expect(cleanPasted(word)).toBe(
    "What happened\n\n- Rotate the key\n- Upgrade to 2.14.3\n- Both today\n1. First\n2) Second",
  );
});

test("what nobody sees is gone, what somebody wrote is not", () => {
  expect(cleanPasted("se\u00adcret\u200b \ufeffkeys\u000bsecond line")).toBe(
    "secret keys\nsecond line",
  );
  for (const text of [
    "o blank follows, so this is a letter",
    "§ 12 is a section",
    "a – dash, “quotes”, 3 × 4, café, لیلا",
    "- already a list\n> and a quotation",
    "file_name*with*stars.csv",
  ])
    expect(cleanPasted(text)).toBe(text);
});

test("cells of a table stay apart, and blank pages fold into one blank line", () => {
  expect(cleanPasted("File\tRead at\r\na.csv\t20:30\r\n\r\n\r\n\r\nEnd")).toBe(
    "File | Read at\na.csv | 20:30\n\nEnd",
  );
});
