// JavaScript that old versions of Node can load: they have to print the sentence below instead of a stack trace.

/** The oldest Node that the package runs on, as `engines` in package.json says. */
export const oldestNode = '24.18'

/** Why this Node cannot run the package and what to do about it; undefined if it can. */
export function explainUnsupportedNode(version, execPath, name = 'altostrat-contract') {
  const [major, minor] = version.split('.').map(Number)
  const [neededMajor, neededMinor] = oldestNode.split('.').map(Number)
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined
  return (
    `${name} needs Node ${oldestNode} or newer; this is Node ${version} (${execPath}).\n` +
    'Install a current Node, or put one beside this package: npm install node@24'
  )
}
