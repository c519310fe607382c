import { eachIsSaid } from "../../../../test/linted.ts";

eachIsSaid({
  "texts that are not finished": [
    [
      "a placeholder in braces",
      [
        [
          "announce: By mail to everyone who subscribed on the policy page.",
          'announce: "By mail {{TBD: to whom}}."',
        ],
      ],
      '12:22 block placeholder "{{TBD: to whom}}" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "two of the same in one text",
      [["We answer a report [[ack]].", "We answer TBD, and then TBD."]],
      '122:17 block placeholder "TBD" is a placeholder: write what belongs here, or declare it absent.',
      '122:31 block placeholder "TBD" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "work left for later",
      [["name: Incident lead", "name: TODO"]],
      '65:11 block placeholder "TODO" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "question marks for an answer",
      [["name: Support desk", "name: Desk ???"]],
      '69:16 block placeholder "???" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "a blank to fill in",
      [["title: Incident response at Fennel", "title: Incident response at <your company>"]],
      '4:29 block placeholder "<your company>" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "filler",
      [["does: We find out what it is.", "does: Lorem ipsum dolor."]],
      '47:11 block placeholder "Lorem ipsum" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "an address of nobody",
      [["security@fennel-security.de", "security@example.com"]],
      '14:10 block placeholder "security@example.com" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "an address of the examples",
      [["security@fennel-security.de", "security@fennel.example"]],
      '14:10 warn example-address "security@fennel.example" belongs to an example: put your own address here before you publish.',
    ],
    [
      "a text of blanks",
      [["does: We find out what it is.", 'does: "  "']],
      "47:11 block blank-text This text is blank: write it, or leave the field out.",
    ],
    [
      "a section of a heading and a comment",
      [
        [
          "      We answer a report [[ack]].\n\n      If your data are exposed we write to you [[notify-exposed]] of confirming it.",
          "      # Soon\n      <!-- later -->",
        ],
      ],
      "121:11 block blank-text This text is blank: write it, or leave the field out.",
    ],
  ],
  "what a draft leaves open": [
    [
      "from when it applies",
      [["effective: 2026-11-02", "effective: undecided"]],
      "7:12 block undecided From when it applies is not decided: write a date.",
    ],
    [
      "how often it is reviewed",
      [["review: { count: 12, unit: months }", "review: undecided"]],
      "10:11 block undecided How often it is reviewed is not decided: write a target, like 12 months.",
    ],
    [
      "where to write to",
      [["email: security@fennel-security.de", "email: undecided"]],
      "14:10 block undecided Where anybody can report something is not decided: write an address.",
    ],
    [
      "how long a promise may take",
      [
        [
          "from: receivedAt\n    within: { count: 1, unit: business-days }",
          "from: receivedAt\n    within: undecided",
        ],
      ],
      '101:13 block undecided How long "ack" may take is not decided: write a target, or immediately, best-effort or aggregated.',
    ],
  ],
  "digests of nothing": [
    [
      "a section kept elsewhere, of which nothing is known",
      [
        [
          "sections:\n",
          `sections:\n  - { id: runbook, title: Runbook, audience: internal, file: runbook.md, digest: "sha256:${"0".repeat(64)}" }\n`,
        ],
      ],
      "118:82 warn digest-placeholder This is the digest of no file: put that of the section's own here.",
    ],
  ],
});
