/** Addresses of private networks (RFC 1918), and names that only resolve inside of one. */
export const privateAddress =
  /(?<![\d.])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?![\d.])|(?<![\w-])[\w-]+\.(?:internal|local|lan|svc)\b/

/** Parts of stack traces and queries. */
export const fragmentsOfCode = [
  /^[ \t]{1,20}at \S.*:\d/m,
  /Traceback \(most recent call last\)|\.py", line \d|SQLSTATE|node_modules|goroutine \d+ \[/,
  /SELECT (?:(?!SELECT ).)+ FROM /,
]

/** What only those who run a deployment may know of it. */
export const internals = [
  ...fragmentsOfCode,
  /(?<![\w./-])\/(?:srv|home|usr|var|app)\/[\w./-]+\.\w/,
  privateAddress,
]
