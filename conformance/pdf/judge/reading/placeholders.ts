/** What templates and programs leave behind where text or a figure should stand. */
export const placeholders =
  /\bundefined\b|\bNaN\b|\[object \w+\]|\{\{[^}]*\}\}|\$\{[^}]*\}|<%[^%]*%>|%\((?:\w+)\)[sd]|\bnull\b|\bInfinity\b|\b[Ll](?:orem [Ii]|OREM I)(?:psum|PSUM)\b|(?<![\w%])%[sd]\b|\bInvalid Date\b|\bTODO\b|\bFIXME\b/u
