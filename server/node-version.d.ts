export declare const oldestNode: string
export declare function explainUnsupportedNode(
  version: string,
  execPath: string,
  name?: string,
): string | undefined
