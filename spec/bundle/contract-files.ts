/** The files of one contract, all in and below the directory of the first. */
export interface ContractFiles {
  /** The first file's path. Paths are relative to its directory, with `/`. */
  entry: string
  /** What errors and reports call a file. */
  nameOf(path: string): string
  readEntry(): Promise<string>
  /** The texts of those of the files that are there. */
  read(paths: string[]): Promise<Map<string, string>>
}

/** A contract that is already read. */
export const singleFile = (name: string, text: string): ContractFiles => ({
  entry: name,
  nameOf: () => name,
  readEntry: async () => text,
  read: async () => new Map(),
})
