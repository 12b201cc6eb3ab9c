const imfFixdate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Milliseconds of an IMF-fixdate, the one form of date that is sent (RFC 9110 §5.6.7); NaN for anything else. */
export function readHttpDate(value: string): number {
  return imfFixdate.test(value) ? Date.parse(value) : Number.NaN
}
