const day = 24 * 3600 * 1000

/** The zeros of the clocks that programs count from, which no report was made at: Unix, .NET and Go, Excel. */
const zeros = ['1970-01-01', '0001-01-01', '1899-12-30', '1900-01-01'].map((date) => Date.parse(date))

/** Whether an instant is such a zero, in whatever time zone. */
export const isZeroDate = (date: Date): boolean => zeros.some((zero) => Math.abs(date.getTime() - zero) < day)

/** Those zeros and that of MySQL, as reports write dates: 1 January 1970, 31/12/1969, 0001-01-01, 30.12.1899. */
const written = [
  /(?<![\d.])(?:(?:1970|1900)-0?1-0?1|0?1([./-])0?1\1(?:1970|1900|0001)|(?:1969-12-31|1899-12-3[01])|3[01]([./-])12\2(?:1969|69|1899)|12([./-])3[01]\3(?:1969|69|1899)|000[01]-0[01]-0[01]|00([./-])00\4(?:0000|00))(?![\d.]\d|\d)/,
  /(?<!\d)0?1(?:st|er|[.º])? {0,2}(?:de |of )?(?:jan|jän|ene|gen|ian|янв|січ|sty)\p{L}{0,8}\.? {0,2}(?:de |of )?(?:1970|0001)\b/iu,
  /\b(?:jan(?:uary)?\.? {1,2}0?1(?:st)?,? {1,2}(?:1970|0001)|dec(?:ember)?\.? {1,2}31(?:st)?,? {1,2}1969|31(?:st)? {1,2}dec(?:ember)?\.? {1,2}1969)\b/i,
  /1970年1月1日/,
]

/** The first date in the text that is such a zero. */
export function findZeroDate(text: string): string | undefined {
  return written.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])[0]
}
