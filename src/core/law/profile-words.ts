/**
 * Profile, in words: what an organisation may state of itself, for forms, and the names of
 * the facts that laws read of an incident.
 */

type Word = { readonly value: string; readonly label: string };

/** Roles that the regimes' conditions know, the common ones first. */
export const ROLES: readonly Word[] = [
  { value: "controller", label: "Controller of personal data" },
  { value: "processor", label: "Processor for our customers" },
  { value: "manufacturer", label: "Manufacturer of products with digital elements" },
  { value: "data-owner", label: "Owner or licensee of residents' data (US states)" },
  { value: "maintainer", label: "Maintainer of data that others own (US states)" },
  { value: "us-registrant", label: "SEC registrant" },
  { value: "covered-entity", label: "HIPAA covered entity" },
  { value: "business-associate", label: "HIPAA business associate" },
  { value: "service-provider", label: "Service provider" },
  { value: "fedramp-provider", label: "FedRAMP provider" },
  { value: "nydfs-covered-entity", label: "NYDFS covered entity" },
  { value: "us-bank", label: "US banking organisation" },
  { value: "credit-union", label: "Federally insured credit union" },
  { value: "covered-institution", label: "Covered institution (Regulation S-P)" },
  { value: "ftc-financial-institution", label: "Financial institution under the FTC" },
  { value: "dod-contractor", label: "Contractor of the US Department of Defense" },
  { value: "third-party-agent", label: "Third-party agent (Florida)" },
  { value: "critical-infrastructure", label: "Operator of critical infrastructure" },
  { value: "responsible-entity", label: "Responsible entity (Australia, SOCI)" },
  { value: "app-entity", label: "APP entity (Australia)" },
  { value: "data-fiduciary", label: "Data fiduciary (India)" },
  { value: "body-corporate", label: "Body corporate (India)" },
  { value: "government", label: "Government organisation (India)" },
  { value: "organisation", label: "Organisation (Singapore)" },
  { value: "business-operator", label: "Business operator (Japan)" },
  { value: "network-operator", label: "Network operator (China)" },
];

/** Kinds of entity that decide between regimes of the Union. */
export const ENTITIES: readonly Word[] = [
  { value: "", label: "none of these" },
  { value: "important", label: "Important entity (NIS2)" },
  { value: "essential", label: "Essential entity (NIS2)" },
  { value: "trust-service-provider", label: "Trust service provider" },
  { value: "credit-institution", label: "Credit institution" },
  { value: "payment-institution", label: "Payment institution" },
  { value: "e-money-institution", label: "E-money institution" },
  { value: "investment-firm", label: "Investment firm" },
  { value: "crypto-asset-service-provider", label: "Crypto-asset service provider" },
  { value: "insurer", label: "Insurer" },
  { value: "reinsurer", label: "Reinsurer" },
];

const FACTS: Readonly<Record<string, string>> = {
  personalData: "Personal data are affected",
  personalDataBreach: "It is a breach of personal data",
  risk: "The risk to people",
  highRisk: "The risk to people is high",
  dataProtected: "The data were protected, so that nobody can read them",
  significantIncident: "It is a significant incident (NIS2)",
  exploitedVulnerability: "A vulnerability of ours is actively exploited",
  severeIncident: "It is a severe incident of a product (CRA)",
  phi: "Health data are affected",
  individuals: "How many individuals",
  residents: "How many residents of one State",
  consumers: "How many consumers",
  significantHarm: "Significant harm is likely",
  sensitive: "Sensitive data are affected",
  externalAccess: "Access came from outside",
  impact: "Impact: significant or relevant",
  encrypted: "The data were encrypted",
};

/** A fact's name in words; the name itself where there are none. */
export const factName = (name: string): string => FACTS[name] ?? name;

/** Facts that are a number, and those that are a word; all others are a yes or no. */
export const NUMBERS: readonly string[] = ["individuals", "residents", "consumers", "pain"];
export const WORDS: readonly string[] = ["risk", "impact", "level", "class", "memberState"];
