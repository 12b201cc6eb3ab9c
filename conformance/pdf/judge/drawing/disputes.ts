import { counted } from '../../../../spec/counted.ts'
import { type CompetingReadings, type DisputedQuantity, phrasesOf } from '../judging/finding.ts'

/** Quantities of one page that two readings take for the same two figures. */
export interface Dispute {
  quantities: DisputedQuantity[]
  /** What each reading takes them for, as a phrase. */
  says: [string, string]
  /** Whether the readings give them to different organizations. */
  isAboutOwner: boolean
}

/** What two readings disagree on upon a page, the most frequent dispute first. */
export function disputesOn(page: number, { disputed }: CompetingReadings): Dispute[] {
  const here = disputed.filter((each) => each.page === page)
  const kinds = Map.groupBy(here, (each) => JSON.stringify([phrasesOf(each.readings), isAboutOwner(each)]))
  return [...kinds.values()]
    .map((quantities): Dispute => {
      const [first] = quantities
      return { quantities, says: phrasesOf(first!.readings), isAboutOwner: isAboutOwner(first!) }
    })
    .sort((a, b) => b.quantities.length - a.quantities.length)
}

const isAboutOwner = ({ readings: [one, other] }: DisputedQuantity) =>
  one !== null && other !== null && one.organization !== other.organization

/** The first line of the legend. */
export const titleOf = ({ needed, found: [one, other] }: CompetingReadings) =>
  `Undecided: reading A finds ${one} of the ${counted(needed, 'figure')} that the report has to show, reading B ${other}.`
