/** A token that a strict simulator knows. */
export interface SimulatedToken {
  readonly token: string;
  /** The projects it may be used for; default: any. */
  readonly projects?: readonly string[];
  /** The enterprise projects its user may see; default: all. */
  readonly enterpriseProjects?: readonly string[];
  readonly expired?: boolean;
}

/** What no public page settles about HSS, as settings that can be changed while the simulator runs. */
export interface SimulatorSwitches {
  /** How an ignored port appears in the list: as before, as normal if it was dangerous, or not at all. */
  ignoredPortView: 'unchanged' | 'normal' | 'removed';
  /** An integer of the query outside its range: 400 HSS.0001, or the nearest bound. */
  outOfRange: 'reject' | 'clamp';
  /** The most rows that a read returns, whatever is documented; sister clouds stop at 100. */
  maxLimit: number;
  /** A `limit` above `maxLimit`: silently returns `maxLimit` rows, or 400 HSS.0001. */
  aboveMaxLimit: 'clamp' | 'reject';
  /** A write without `category`: taken as `host`, or 400 HSS.0001. */
  missingCategory: 'accept' | 'reject';
  /** Listing a host that does not exist: an empty page, or 400 HSS.0010. */
  unknownHost: 'empty' | 'reject';
  /** A batch with a port that does not exist: the others are changed, or 400 HSS.0011 and none is changed. */
  unknownRow: 'skip' | 'reject';
  /** Ignoring a port that is already ignored: 200, or 400 HSS.1105 and nothing changes. */
  repeatedIgnore: 'accept' | 'reject';
  /** The spellings of unknown that the status filter accepts; any other is 400 HSS.0001. */
  statusFilterSpelling: 'both' | 'unknow' | 'unknown';
  /** How answers spell `unknow`. */
  unknownSpelling: 'unknow' | 'unknown';
  /** Numbers in answers as JSON numbers, or as text. */
  numberSpelling: 'number' | 'text';
  /** The body of a successful write: none, or `{}`. */
  modifyBody: 'empty' | 'object';
  /** The language of HSS's own messages; the gateway in front of HSS always speaks English. */
  messageLanguage: 'en' | 'zh';
  /** HSS's own errors in today's shape, or the older one: a bare number and no `error_msg`. */
  errorShape: 'current' | 'legacy';
  /** A token used for a foreign project: 403 APIGW.0302, or 400 HSS.0013. */
  foreignProject: '403' | '400';
  /** Milliseconds between an accepted write and the list showing it. */
  ignoreDelayMs: number;
  /** Where `total_num` stops counting although there are more rows; null: nowhere. */
  totalCap: number | null;
  /** The only tokens that are accepted; null: any that is not empty. */
  strictTokens: readonly SimulatedToken[] | null;
  /** Minimum milliseconds that every answer takes. */
  latencyMs: number;
}

/** The switches set to a word. */
export type WordSwitch = {
  [Name in keyof SimulatorSwitches]: SimulatorSwitches[Name] extends string ? Name : never;
}[keyof SimulatorSwitches];

/** The switches set to a number; some may be null, for none. */
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

/** The likeliest behaviour of HSS, according to its documentation and clients. */
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
