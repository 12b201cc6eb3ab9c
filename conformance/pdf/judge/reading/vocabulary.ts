import { productTypes } from '../../../../spec/product-types.ts'
import { fold } from './normalize.ts'

/** What a figure is a figure of. `other` are figures a report may show beside them: free, share, total, effective. */
export type Figure = 'direct' | 'subtree' | 'usage' | 'limit' | 'other'

/** Wordings that reports use; a type's own key counts as a wording too. Lower case, matched as whole words. */
const figureWords: [Figure, string][] = [
  [
    'other',
    '%|(effective|inherited|parent|tightest|resulting|enforced) (limit|cap|quota|maximum)s?|limit (utili[sz]ation|source|set by)|set by|percent(age)?|share|ratio|utili[sz]ation|utili[sz]ed %|free|remaining|remains|left|available|spare|headroom|unused|effective|enforced|applies|applicable|capacity left|of total|verfügbar|verbleibend|frei|auslastung|anteil|prozent|wirksam(es)?|disponibles?|restantes?|reste|libres?|taux|porcentaje|libero|disponibile|rimanenti|beschikbaar|vrij|disponíve(l|is)|livres?|libero|liberi|utilizzabile|wolne|dostępne|pozostało|ledigt?|lediga|återstår|kvar|ledig|vapaa(na)?|volné|zbývá|kalan|boş|свободно|осталось|доступно|残り|空き|使用率|利用率|可用|剩余|남음|efectivo|effectif|effective|efetivo|effettivo|effectieve|efektywny|effektiv|действующий|有効な上限|wirksame[rs]? (limit|grenze)|límite efectivo|limite (effective|efetivo|effettivo)|limit efektywny|effectieve limiet|effektiv gräns|действующий лимит|(limité|limitado|limitato|ograniczone) \\S+|begrenzt durch|begrensd door|begränsas av|ограничено',
  ],
  [
    'direct',
    'direct(ly)?|own|itself|this org(ani[sz]ation)?( only)?|self|local|org(ani[sz]ation)? only|alone|on its own|eigene?[rns]?|selbst|direkt|propres?|directe?s?|propi[oa]s?|proprio|directos?|eigen|egen|eget|egna|direkte|próprios?|diretos?|diretto|bezpośrednio|własne|suora|oma|přímé|vlastní|doğrudan|kendi|своё|свои|собственн\\S+|напрямую|直接|自組織|本組織|本级|直属|직접',
  ],
  [
    'subtree',
    'subtree|incl(uding|\\.)?( all)?( its)? (sub|child|desc)\\S*|incl\\.?|inclusive|including|with (sub|child|desc)\\S*|children|descendants|sub-?(orgs?|organi[sz]ations?|tree)|whole (sub)?tree|rolled up|roll-?up|aggregated?|cumulative|total|overall|gesamt|inkl\\.?|einschließlich|teilbaum|summe|kumuliert|sous-arbre|cumulé|totale?|acumulado|subárbol|compris(es)?|incluidos?|totaal|inklusive|inkl|underenheter|met onderliggende?|inclusief|onderliggend|con filiali|con filiales|com filiais|avec filiales|filiales|filiali|filiais|sous-organisations|suborgani[zs]\\S+|z podległymi|podległymi|sottoalbero|subárvore|mit unter\\S+|untereinheiten|med underenheter|alt toplam|с дочерними|дочерн\\S+|全体|配下含む|配下|含下级|하위 포함|razem z \\S+|acumulados?|cumulés?',
  ],
  [
    'limit',
    '(own|direct|local|set|configured) (limit|cap|quota|maximum)s?|limits?|caps?|quotas?|maximum|max\\.?|allowances?|allowed|allotments?|allotted|ceiling|entitle(d|ment)s?|upper bound|granted|licen[sc]ed|grenze|obergrenze|höchst(wert|grenze|zahl)?|kontingent|limites?|plafonds?|límites?|topes?|cupo|tetto|limiet|out of|of|von|sur|de|von max|limiti|máximos?|maxim\\S+|massimo|limiet(en)?|begrænsning|gräns|grense|tak|raja|yläraja|strop|sınır|üst sınır|лимит|максимум|предел|上限|限额|제한|한도|maks(\\.|ymalnie)?|dozwolone|autorisé(s|es)?|permitid[oa]s?|consentit[oi]|erlaubt|toegestaan|tillåt(et|na)',
  ],
  [
    'usage',
    'used|usage|uses?|in use|consum(ed|ption|es)|using|active|assigned|occupied|taken|current(ly)?|count|actual|verbrauch(t)?|genutzt|nutzung|belegt|verwendet|utilis(é|ée|és|ées|ation)|usad[oa]s?|uso|en uso|usat[oi]|utilizzo|gebruik(t)?|consommé(e|s|es)?|consommation|em uso|utilizad[oa]s?|utilizzat[oi]|in uso|consumo|consumi|użyte|użycie|wykorzystane|wykorzystanie|använt|använda|användning|förbrukat|forbrugt|brugt|brukt|käytössä|käytetty|použito|kullanılan|kullanım|занято|использовано|используется|使用数|使用中|使用量|已用|사용|usados?|in gebruik|gebruikte?',
  ],
]

/** What stands between the parts of `12 of 50`, in words: the source of a pattern. */
export const joints = 'out of|of|von|sur|de|di|da|van|av|af|ud af|z|ze|od|su|из|από|din'

const figures: [Figure, RegExp][] = figureWords.map(([figure, words]) => [figure, wholeWord(words)])

const typeWords = new Map<string, string>(productTypes.map(({ key, wordings }) => [key, wordings.join('|')]))

function wholeWord(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'giu')
}

/** Words that head a line of sums or a legend, never an organization. */
export const summary =
  /(?<![\p{L}\p{N}])(?:(?:sub-?|grand )?totals?|sum|summe|gesamt|insgesamt|zwischensumme|overall|all organi[sz]ations|entire workspace|somme|totaux|totale|totaal|totalt|totais|total geral|gesamtsumme|summa|delsumma|suma|razem|ogółem|sous-total|subtotale|yhteensä|celkem|toplam|итого|всего|подытог|合計|小計|总计|合计|합계|average|mean|median)(?![\p{L}\p{N}])/iu

/** Words that introduce another organization than the one the line is about. */
export const reference =
  /(?<![\p{L}\p{N}])(?:part of|parent|child of|under|below|belongs to|reports to|inherit(?:s|ed)?|from|within|limited by|capped by|set by|via|subsidiary of|division of|teil von|unter|übergeordnet|gehört zu|superieur|supérieur|bovenliggend|överordnad|nadrzędna|superiore|superior|родитель|親組織|上级|geerbt|filiale de|sous|parte de|superior)(?![\p{L}\p{N}])/iu

/** Finds in labels which product type and which figure they name. */
export class Labels {
  readonly #types: [string, RegExp][]
  readonly #figures = [...figures]
  readonly #known = new Map<string, { types: Hit<string>[]; figures: Hit<Figure>[] }>()

  constructor(types: string[]) {
    this.#types = types.map((type) => {
      const own = fold(type).replace(/[^\p{L}\p{N}]+/gu, '[ _-]?')
      const spaced = fold(type.replace(/([a-z])([A-Z])/g, '$1 $2')).replace(/[^\p{L}\p{N}]+/gu, '[ _-]?')
      const singular = own.endsWith('s') ? `${own}?` : `${own}s?`
      return [type, wholeWord([singular, spaced, typeWords.get(type)].filter(Boolean).join('|'))]
    })
  }

  /** Takes a sign, or a word of the report's own, for what its legend says. */
  learn(sign: string, meaning: string): void {
    const { types, figures: said } = this.read(meaning)
    const pattern = wholeWord(fold(sign).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    for (const { what } of types.slice(0, 1)) this.#types.push([what, pattern])
    for (const { what } of said.slice(0, 1)) this.#figures.push([what, pattern])
    this.#known.clear()
  }

  read(label: string): { types: Hit<string>[]; figures: Hit<Figure>[] } {
    let known = this.#known.get(label)
    if (!known) {
      const text = fold(label)
      const types = longestFirst(this.#types.flatMap(([type, pattern]) => hits(text, type, pattern)))
      const inTypes = (hit: Hit<Figure>) => types.some((type) => hit.start < type.end && type.start < hit.end)
      known = {
        types,
        figures: longestFirst(
          this.#figures
            .flatMap(([figure, pattern]) => hits(text, figure, pattern))
            .filter((hit) => !inTypes(hit)),
        ),
      }
      this.#known.set(label, known)
    }
    return known
  }

  typeOf(label: string): string | null {
    return this.read(label).types.at(-1)?.what ?? null
  }
}

export interface Hit<T> {
  what: T
  start: number
  end: number
}

function hits<T>(text: string, what: T, pattern: RegExp): Hit<T>[] {
  return [...text.matchAll(pattern)].map((match) => ({
    what,
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function longestFirst<T>(found: Hit<T>[]): Hit<T>[] {
  const kept: Hit<T>[] = []
  for (const hit of found.sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!kept.some((other) => hit.start < other.end && other.start < hit.end)) kept.push(hit)
  }
  return kept.sort((a, b) => a.start - b.start)
}
