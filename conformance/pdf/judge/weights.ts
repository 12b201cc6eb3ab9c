/**
 * Every weight of the inference and of judging by it, in nats: how much likelier an observation makes one explanation
 * than another. Fitted by hand on the sets that `lab/judge/measure.ts` judges; none is a property of one file.
 */
export const weights = {
  /** A figure that is in the data counts by how rare it is, up to this. */
  mostSurprise: 4,
  /** A number where the data has another one: defects are rare. */
  mismatch: -2.5,
  /** A word or dash where nothing limits, or where 0 is used; and where the data has a number. */
  fittingWord: 0.6,
  fittingBlank: 0.2,
  strayWord: -2.5,
  /** A second quantity where its record has one already: it is somebody's that the explanation does not know. */
  repeat: -1.5,
  /** A number without a meaning, where at most so many records have one. */
  stray: -3.5,
  fewRecords: 2,
  /** Words that say it is another type, or another figure; and the ones that say it is this. */
  sameType: 3,
  oneOfTypes: 1,
  otherType: -6,
  sameFigure: 3,
  otherUsage: -0.5,
  otherFigure: -6,
  /** So many quantities beside the first give a meaning all that the words around them say for it. */
  wellSupported: 4,
  /** What one more meaning costs: fewer places that mean something are the simpler explanation. */
  meaning: -1.5,
  /** A figure that the report has to show, a usage figure that is not 0 or a limit, and that the explanation finds. */
  shown: 2,
  /** A number from here on hardly equals by chance what an organization has to show. */
  telling: 10,
  /** One from here on never does where it is compared with a few sums. */
  unmistakable: 100,
  /** Share of a meaning's numbers that agree with the data before one that does not is a finding. */
  solid: 0.7,
  /** A place whose numbers agree with the data but for one is what so many of them say. */
  fewestFits: 2,
  /** Share of the figures of named organizations that an explanation has to find before it decides. */
  explained: 0.7,
  /** How far below the best explanation another one is still plausible, as a share and at least. */
  marginShare: 0.01,
  margin: 4,
  /** So many times the share where a sample stands for the document. */
  sampleSlack: 5,
  /** The same for the reading by labels, which knows words that the others do not. */
  usualShare: 0.15,
  /** What it costs that everybody's figures stand beside another organization: reports hardly ever do that. */
  shifted: -10,
  /** So many organizations make a row that is shifted; two or three have exchanged theirs. */
  fewestShifted: 4,
  /** Share of the organizations in another place than in the data that makes it another order. */
  unsorted: 0.5,
  /** Share of the figures on the line of their names that makes a table, a name a line. */
  onNameLine: 0.9,
  /** So many figures, and such a share of them, tell that headings are exchanged. */
  fewestExchanged: 3,
  solidExchange: 0.9,
  /** Organizations whose figures differ, as a share and at least, before the reading is likelier wrong than they. */
  victimShare: 0.25,
  fewVictims: 4,
  /** So many numbers that are sums, and such a share of those of all rows in the same words, tell what these sum up. */
  fewestSums: 2,
  solidSums: 0.6,
  /** Where most sums in the same words are wrong, they are still wrong sums within such a part of the right ones. */
  nearSum: 0.1,
  /** Share of a place's figures that agree with the data before a sum of them says anything. */
  reliable: 0.8,
  /** Among so many figures above a number are those of its column, of which so many tell what it shows. */
  sumLookBack: 60,
  sumColumn: 3,
  /** A column so much closer than the next one is that of a number that is not aligned with it. */
  nearColumn: 0.3,
} as const

/** How much is compared: what bounds the time of the search, whatever the document. */
export const bounds = {
  /** On so many pages, and with so many quantities, explanations are compared before some are followed to the end. */
  mostPages: 24,
  mostQuantities: 3000,
  fewestPages: 4,
  /** So many ways to say whose quantities are, and so many explanations, are followed to the end. */
  hypotheses: 6,
  interpretations: 6,
} as const

/** From which score on an explanation is as plausible as the best one; `share` of that score is the margin. */
export function leastPlausible(best: number, share: number): number {
  return best - Math.max(weights.margin, share * best)
}
