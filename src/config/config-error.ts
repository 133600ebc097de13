/** What is wrong with one variable, or with the option that stands for it. */
export interface ConfigFault {
  readonly name: string;
  readonly message: string;
}

/** Names what is at fault in the configuration, never its value: some are secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map((fault) => `  ${fault.name}: ${fault.message}`);
    super(`The configuration is invalid:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}
