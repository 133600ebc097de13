import { ConfigError, type ConfigFault } from './config/config-error.ts';
import { secretFileVariable, sourceOf, withFiles } from './config/files.ts';
import {
  gatewaySettings,
  processSettings,
  type Mode,
  type OptionsOf,
  type Setting,
  type ValuesOf,
} from './config/settings.ts';
import { readTracing, type OtlpProtocol } from './config/tracing.ts';

export { ConfigError, type ConfigFault } from './config/config-error.ts';
export type { OtlpProtocol } from './config/tracing.ts';

/** How a gateway runs; README.md says what every value means. */
export interface GatewaySettings extends ValuesOf<typeof gatewaySettings> {
  /** Whether spans are made, for an OpenTelemetry SDK. */
  readonly tracing: boolean;
}

/** How the process runs, its gateway included. */
export interface Config extends ValuesOf<typeof processSettings>, GatewaySettings {
  /** How spans are exported; null where none are made. */
  readonly otlpProtocol: OtlpProtocol | null;
}

/** The settings of a gateway that differ from their defaults. */
export interface SettingOptions extends OptionsOf<typeof gatewaySettings> {
  readonly tracing?: boolean | null;
}

type Table = Readonly<Record<string, Setting<unknown>>>;
/** A value as given, if it was, and the name to report a fault under. */
type Lookup = (
  option: string,
  setting: Setting<unknown>,
) => { readonly name: string; readonly isGiven: boolean; readonly value: unknown };

/** Every variable of our own. */
export const variables: readonly string[] = [
  ...Object.values({ ...processSettings, ...gatewaySettings }).map(({ variable }) => variable),
  secretFileVariable,
];

/** Reads the environment, or throws one ConfigError that names every variable at fault. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: ConfigFault[] = [];
  const given = withFiles(
    // An empty variable counts as not set. A blank one does not: ROUTER_SECRET=" " must not let everybody in.
    Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]))),
    variables,
    faults,
  );
  const isProduction = env.NODE_ENV === 'production';
  if (isProduction && given.HSS_ENDPOINT === undefined)
    faults.push({
      name: 'HSS_ENDPOINT',
      message: 'must be set in production: the address of HSS, or simulator for invented ports',
    });
  const lookup: Lookup = (_option, { variable, shape }) => {
    const text = given[variable];
    const isGiven = text !== undefined;
    return { name: sourceOf(variable, given), isGiven, value: isGiven && shape.fromText(text) };
  };
  const mode = { isProduction, hasSimulator: [undefined, 'simulator'].includes(given.HSS_ENDPOINT) };
  const ofProcess = readTable(processSettings, lookup, mode, faults);
  const ofGateway = readTable(gatewaySettings, lookup, mode, faults);
  const otlpProtocol = readTracing(given, faults);
  if (ofProcess.adminPort !== null && ofProcess.adminPort === ofProcess.port && ofProcess.port !== 0)
    faults.push({ name: 'ADMIN_PORT', message: 'must differ from PORT' });
  if (faults.length > 0) throw new ConfigError(faults);
  return { ...ofProcess, ...ofGateway, tracing: otlpProtocol !== null, otlpProtocol };
}

/**
 * Reads the options of an embedded gateway, with the same bounds as the matching variables, or throws one ConfigError
 * that names every option at fault.
 */
export function readOptions(options: SettingOptions, isProduction: boolean): GatewaySettings & { hssEndpoint: URL } {
  const { tracing, ...given } = options;
  const faults = Object.keys(given)
    // A misspelt option would have no effect, and leave open what it was meant to close.
    .filter((name) => !(name in gatewaySettings))
    .map((name) => ({ name, message: 'is not an option' }));
  const values: Readonly<Record<string, unknown>> = { ...given };
  const lookup: Lookup = (name) => {
    const value = values[name];
    return { name, isGiven: value !== undefined && value !== null && value !== '', value };
  };
  const settings = readTable(gatewaySettings, lookup, { isProduction, hasSimulator: false }, faults);
  const { hssEndpoint } = settings;
  if (hssEndpoint === null && !faults.some(({ name }) => name === 'hssEndpoint'))
    faults.push({ name: 'hssEndpoint', message: 'must be the address of HSS' });
  if (hssEndpoint === null || faults.length > 0) throw new ConfigError(faults);
  return { ...settings, hssEndpoint, tracing: tracing ?? false };
}

/** The values of a table; those at fault are reported to `faults` and get their defaults. */
function readTable<T extends Table>(table: T, lookup: Lookup, mode: Mode, faults: ConfigFault[]): ValuesOf<T> {
  const read = ([option, setting]: [string, Setting<unknown>]): [string, unknown] => {
    const { name, isGiven, value } = lookup(option, setting);
    if (!isGiven) return [option, setting.byDefault(mode)];
    const result = setting.shape.schema.safeParse(value);
    if (!result.success) faults.push({ name, message: result.error.issues[0]?.message ?? 'is invalid' });
    return [option, result.success ? result.data : setting.byDefault(mode)];
  };
  return Object.fromEntries(Object.entries(table).map(read)) as ValuesOf<T>;
}
