/** Where strategies are looked for beside the built-in ones: the flag's folder and that of STRATEGY_DIR. */
export function strategyDirectories(flag: string | undefined): string[] {
  return [flag, process.env.STRATEGY_DIR].filter(
    (directory) => directory !== undefined && directory !== '',
  ) as string[];
}
