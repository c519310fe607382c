/** Why a finding of an import matters, in one sentence, by its code. */

export const WHY_IMPORT: Readonly<Record<string, string>> = {
  "calendar-missing": "Reported on a Friday at 17:01, nobody could say when it is due.",
  "calendar-unsaid":
    "As soon as a promise counts business time, it needs to be said which days those are.",
  "anchor-unsaid": "A clock needs the instant from which it runs.",
  "promise-uncertain": "Readers take a number on a policy for a promise.",
  "span-uncertain": "Two ends are two due instants, and only one can be kept.",
  "duty-uncertain": "A number that belongs to the wrong promise would be counted for it.",
  "reporting-address-missing": "Whoever finds something does not know where to say so.",
  "severity-without-criteria": "A severity that is not described is chosen by feeling.",
  "severities-missing": "Response and deadlines hang on the severity.",
  "review-cadence-missing": "A policy that nobody looks at again is out of date unseen.",
  "owner-missing": "Nobody would answer for the policy.",
  "page-torn": "What is read from sentences can be misread; what is carried cannot.",
  "html-active": "A page's program says nothing that could be promised.",
};
