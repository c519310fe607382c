import { eachIsSaid, MON_TO_FRI } from "../../../../test/linted.ts";

eachIsSaid({
  "calendars and targets": [
    [
      "business days of a calendar that is never open",
      [[MON_TO_FRI, "      mon: []\n"]],
      '97:13 block calendar-missing This counts business time by "office", which is never open (line 24): give it open hours.',
    ],
    [
      "a zone that is none",
      [["zone: Europe/Berlin", "zone: Europe/Berln"]],
      "22:11 block zone-unknown …",
    ],
    [
      "a window turned round",
      [['mon: [["09:00", "17:00"]]', 'mon: [["17:00", "09:00"]]']],
      "24:13 block calendar-window-backwards …",
    ],
    [
      "windows that overlap",
      [['mon: [["09:00", "17:00"]]', 'mon: [["09:00", "13:00"], ["12:00", "17:00"]]']],
      "24:33 block calendar-window-overlap …",
    ],
    [
      "a closure turned round",
      [
        [
          "severities:\n  - id: critical",
          "    closures: [{ from: 2026-12-31, to: 2026-12-28 }]\nseverities:\n  - id: critical",
        ],
      ],
      "30:16 block calendar-closure-backwards …",
    ],
    [
      "holidays of last year",
      [["effective: 2026-11-02", "effective: 2027-01-01"]],
      "29:15 warn holidays-ended The last holiday listed is 2026-12-25, before this version takes effect: list those to come.",
    ],
    [
      "half a business day",
      [["{ count: 1, unit: business-days }", "{ count: 1.5, unit: business-days }"]],
      "101:22 block target-count-invalid …",
    ],
    [
      "half a month between reviews",
      [["{ count: 12, unit: months }", "{ count: 0.5, unit: months }"]],
      "10:20 block target-count-invalid …",
    ],
    [
      "hours that end at a close",
      [["{ count: 4, unit: hours }", "{ count: 4, unit: hours, ends: close }"]],
      "107:44 block target-ends-invalid …",
    ],
    [
      "no time left after preparing",
      [["    met: accepted", "    prepare: { count: 24, unit: hours }"]],
      '116:14 warn prepare-too-long "notify-exposed" needs as long to prepare as it has until it is due: promise later, or prepare faster.',
    ],
  ],
  "gates that never hold": [
    [
      "two severities at once",
      [["{ moment: mitigatedAt }", "{ all: [{ severity: [critical] }, { severity: [minor] }] }"]],
      '54:16 block phase-unreachable The gate "contained" can never hold when it is asked, so "recover" can never be entered: change its condition.',
    ],
    [
      "the stage of a customer, where no customer is meant",
      [["{ moment: mitigatedAt }", "{ stage: [pilot] }"]],
      '54:16 block phase-unreachable The gate "contained" can never hold when it is asked, so "recover" can never be entered: change its condition.',
    ],
    [
      "asked at one severity, holding at another",
      [
        [
          "{ moment: mitigatedAt }",
          "{ severity: [minor] }\n        when: { severity: [critical] }",
        ],
      ],
      '54:16 block phase-unreachable The gate "contained" can never hold when it is asked, so "recover" can never be entered: change its condition.',
    ],
    [
      "two gates that exclude each other",
      [
        [
          "{ moment: mitigatedAt }",
          "{ moment: mitigatedAt }\n      - { id: open, says: It is open., holds: { not: { moment: mitigatedAt } } }",
        ],
      ],
      '52:7 block phase-unreachable The gates into "recover" can never hold at once, so it can never be entered: part them, or change one.',
    ],
    [
      "two gates that are never asked together",
      [
        [
          "{ moment: mitigatedAt }",
          "{ moment: mitigatedAt }\n        when: { severity: [critical] }\n      - { id: open, says: It is open., when: { severity: [minor] }, holds: { not: { moment: mitigatedAt } } }",
        ],
      ],
    ],
    [
      "a gate before closing",
      [
        [
          "      evidence: link",
          "      holds: { all: [{ moment: closedAt }, { not: { moment: closedAt } }] }",
        ],
      ],
      '59:14 block gate-never-holds The gate "review-written" can never hold when it is asked, so nothing gets past it: change its condition.',
    ],
    [
      "a gate that is never asked",
      [
        [
          "      evidence: link",
          "      when: { all: [{ severity: [critical] }, { not: { severity: [critical] } }] }",
        ],
      ],
      '59:13 warn gate-never-asked The gate "review-written" is never asked: no situation makes its condition true.',
    ],
  ],
});
