/** A template that nobody filled in: of JavaScript, Handlebars, ERB, Python, C, .NET and Java. */
const templates = [
  /\{\{[^{}]*\}\}|\$\{[^{}]*\}|<%[^%]*%>|%\((?:\w+)\)[sd]|(?<![\w%])%[sd]\b|(?<![\w{])\{\d{1,2}\}(?!\})/,
  /%![a-z]?\((?:MISSING|EXTRA|BADWIDTH|NOVERB|[a-z]\w{0,20}=)/,
  /\b[Tt]ranslation missing: \S/,
]

/** What a program writes of a value that is none, or that has no form for people. */
const values = [
  /\bundefined\b|\bNaN\b|\bnull\b|\bInfinity\b|\bInvalid [Dd]ate(?:Time)?\b|<nil>/,
  /\[object \w+\]|\[native code\]|\bfunction(?: \w*)? ?\(\w*\) ?\{/,
  // Python: reprs of functions, objects, numbers, dates and bytes.
  /<(?:built-in|bound|function|class|module|generator) [^<>]+>/,
  /<[\w.]+ object at 0x[\da-f]+>/,
  /\b(?:Decimal|OrderedDict|defaultdict|datetime\.(?:date|datetime|time))\(|(?<!\w)b'[^'\s][^']{0,60}'/,
  // Java, .NET and Ruby: the name of a class in place of a text.
  /\.[A-Z][\w$]{0,60}@[\da-f]{5,8}\b(?!\.)|\bSystem\.(?:Collections|Linq|Object|String|Threading)\b|#<[A-Z][\w:]{0,60}:0x[\da-f]+/,
]

/** Markup that was to be read, and not shown. Escapes of letters are in names: `isMangled` knows them. */
const markup = [
  /<\/?(?:b|i|u|p|br|div|span|strong|em|td|tr|th|table|h[1-6]|font)(?: [^<>]{0,80})?\/?>/,
  /&(?:nbsp|ndash|mdash|euro|#160|#xa0);/,
]

const notes = [/\b[Ll](?:orem [Ii]|OREM I)(?:psum|PSUM)\b|\bTODO\b|\bFIXME\b|(?<!\S)about:blank(?!\S)/]

/** What templates and programs leave behind where text or a figure should stand. */
export const placeholders = new RegExp(
  [...templates, ...values, ...markup, ...notes].map(({ source }) => source).join('|'),
  'u',
)
