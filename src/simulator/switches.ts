/** A token that a strict simulator knows. */
export interface SimulatedToken {
  readonly token: string;
  /** The projects it may be used for; left out: any. */
  readonly projects?: readonly string[];
  /** The enterprise projects its user may see; left out: all. */
  readonly enterpriseProjects?: readonly string[];
  readonly expired?: boolean;
}

/** What no public page settles about HSS, as settings; each may be changed while the simulator runs. */
export interface SimulatorSwitches {
  /** How an ignored port shows in the list: as before, a dangerous one as normal, or not at all. */
  ignoredPortView: 'unchanged' | 'normal' | 'removed';
  /** An integer of the query outside its range: 400 HSS.0001, or the nearest bound. */
  outOfRange: 'reject' | 'clamp';
  /** The most rows that a read gives, whatever is documented; sister clouds stop at 100. */
  maxLimit: number;
  /** A `limit` above that: no more rows than it, without a word, or 400 HSS.0001. */
  aboveMaxLimit: 'clamp' | 'reject';
  /** A write without `category`: taken as `host`, or 400 HSS.0001. */
  missingCategory: 'accept' | 'reject';
  /** A list of a host that does not exist: an empty page, or 400 HSS.0010. */
  unknownHost: 'empty' | 'reject';
  /** A batch with a port that does not exist: the others are changed, or 400 HSS.0011 and nothing is. */
  unknownRow: 'skip' | 'reject';
  /** Ignoring what is ignored already: 200, or 400 HSS.1105 and nothing changes. */
  repeatedIgnore: 'accept' | 'reject';
  /** The spellings of the status filter's unknown that are taken; the other is 400 HSS.0001. */
  statusFilterSpelling: 'both' | 'unknow' | 'unknown';
  /** How `unknow` is spelt in answers. */
  unknownSpelling: 'unknow' | 'unknown';
  /** Numbers of answers as JSON's numbers, or as text of digits. */
  numberSpelling: 'number' | 'text';
  /** The body of a successful write: none, or `{}`. */
  modifyBody: 'empty' | 'object';
  /** The language of HSS's own messages; the gateway in front of HSS always speaks English. */
  messageLanguage: 'en' | 'zh';
  /** HSS's own errors as of today, or the older shape: a bare number and no `error_msg`. */
  errorShape: 'current' | 'legacy';
  /** A token used for a project that is not its own: 403 APIGW.0302, or 400 HSS.0013. */
  foreignProject: '403' | '400';
  /** Milliseconds between an accepted write and the list showing it. */
  ignoreDelayMs: number;
  /** Where `total_num` stops counting while rows go on; null: nowhere. */
  totalCap: number | null;
  /** The only tokens that are taken; null: any that is not empty. */
  strictTokens: readonly SimulatedToken[] | null;
  /** Milliseconds every answer takes at least. */
  latencyMs: number;
}

/** The switches that are set by a word. */
export type WordSwitch = {
  [Name in keyof SimulatorSwitches]: SimulatorSwitches[Name] extends string ? Name : never;
}[keyof SimulatorSwitches];

/** The switches that are set by a number; null of one is for none. */
export type NumberSwitch = {
  [Name in keyof SimulatorSwitches]: number extends SimulatorSwitches[Name] ? Name : never;
}[keyof SimulatorSwitches];

/** Every word that a switch may be set to, its default first. */
export const switchWords = {
  ignoredPortView: ['unchanged', 'normal', 'removed'],
  outOfRange: ['reject', 'clamp'],
  aboveMaxLimit: ['clamp', 'reject'],
  missingCategory: ['accept', 'reject'],
  unknownHost: ['empty', 'reject'],
  unknownRow: ['skip', 'reject'],
  repeatedIgnore: ['accept', 'reject'],
  statusFilterSpelling: ['both', 'unknow', 'unknown'],
  unknownSpelling: ['unknow', 'unknown'],
  numberSpelling: ['number', 'text'],
  modifyBody: ['empty', 'object'],
  messageLanguage: ['en', 'zh'],
  errorShape: ['current', 'legacy'],
  foreignProject: ['403', '400'],
} as const satisfies { readonly [Name in WordSwitch]: readonly SimulatorSwitches[Name][] };

/** The likeliest behaviour of HSS, to the best of what its pages and clients tell. */
export const defaultSwitches: Readonly<SimulatorSwitches> = {
  ignoredPortView: 'unchanged',
  outOfRange: 'reject',
  maxLimit: 200,
  aboveMaxLimit: 'clamp',
  missingCategory: 'accept',
  unknownHost: 'empty',
  unknownRow: 'skip',
  repeatedIgnore: 'accept',
  statusFilterSpelling: 'both',
  unknownSpelling: 'unknow',
  numberSpelling: 'number',
  modifyBody: 'empty',
  messageLanguage: 'en',
  errorShape: 'current',
  foreignProject: '403',
  ignoreDelayMs: 0,
  totalCap: 10_000,
  strictTokens: null,
  latencyMs: 0,
};
