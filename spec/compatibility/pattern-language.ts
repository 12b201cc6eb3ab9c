import { DFA, isDisjointWith, JS, NFA } from 'refa'

/**
 * Whether every text that matches the pattern `narrow` matches `wide` as well; undefined where that cannot be told:
 * for look-around, back references and patterns that need too many states. A dot stands for any character, as writers
 * of `.*` mean it. The build compiles the library into this module.
 */
export function containsLanguage(wide: string, narrow: string): boolean | undefined {
  for (const flags of ['su', 's'])
    try {
      const outside = DFA.fromFA(languageOf(wide, flags), new DFA.LimitedNodeFactory(mostStates))
      outside.complement(new DFA.LimitedNodeFactory(mostStates))
      return isDisjointWith(languageOf(narrow, flags), outside, mostStates)
    } catch {}
  return undefined
}

const mostStates = 5000

/** The texts that a pattern matches as a whole, as it may match anywhere in them (JSON Schema 2020-12 Validation §6.3.3). */
function languageOf(source: string, flags: string): NFA {
  const parser = JS.Parser.fromLiteral({ source, flags })
  const { expression, maxCharacter } = parser.parse({ backreferences: 'throw', assertions: 'parse' })
  const character = JS.createCharSet([{ min: 0, max: maxCharacter }], { unicode: flags.includes('u') })
  const anything = {
    type: 'Quantifier' as const,
    min: 0,
    max: Number.POSITIVE_INFINITY,
    lazy: false,
    alternatives: [
      {
        type: 'Concatenation' as const,
        elements: [{ type: 'CharacterClass' as const, characters: character }],
      },
    ],
  }
  const alternatives = expression.alternatives.map(({ elements }) => {
    const [isStart, isEnd] = [isEdge(elements[0], 'behind'), isEdge(elements.at(-1), 'ahead')]
    const inner = elements.slice(isStart ? 1 : 0, isEnd ? -1 : undefined)
    return {
      type: 'Concatenation' as const,
      elements: [...(isStart ? [] : [anything]), ...inner, ...(isEnd ? [] : [anything])],
    }
  })
  return NFA.fromRegex(alternatives, { maxCharacter }, {}, new NFA.LimitedNodeFactory(mostStates))
}

type Piece = ReturnType<JS.Parser['parse']>['expression']['alternatives'][number]['elements'][number]

/** Whether a piece is `^` or `$`, which the parser writes as: no character before, or after. */
function isEdge(piece: Piece | undefined, kind: 'behind' | 'ahead'): boolean {
  if (piece?.type !== 'Assertion' || !piece.negate || piece.kind !== kind) return false
  const [only, ...others] = piece.alternatives.flatMap(({ elements }) => elements)
  return others.length === 0 && only?.type === 'CharacterClass' && only.characters.isAll
}
