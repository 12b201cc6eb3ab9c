import type { Language } from '../vocabulary/language.ts'

const polish: Language = {
  name: 'Polish',
  types: {
    locations: 'lokalizacje, lokalizacja, lokalizacji, lokacje, oddziały',
    users: 'użytkownicy, użytkown*',
    sso: 'logowanie jednokrotne',
  },
  figures: {
    usage: 'użyte, użycie, wykorzystane, wykorzystanie, zużycie',
    limit: 'limit, limity, maks(.), maksymalnie, maksimum, dozwolone',
    direct: 'bezpośrednio, własne',
    subtree: 'razem z *, z podległymi, podległymi, łącznie',
    free: 'wolne, dostępne, pozostało',
    share: 'udział, procent',
    effective: 'limit efektywny, efektywny, ograniczone *',
  },
  unlimited: 'bez limitu, bez ograniczeń, nieograniczon[a|e|y]',
  disabled: 'wyłączon[a|e|y], zablokowan[a|e|y]',
  nothing: 'brak',
  inherited: 'odziedziczon[a|e|y]',
  total: 'razem, suma, ogółem',
  subtotal: 'suma częściowa, suma pośrednia',
  statistic: 'średnia, mediana',
  parent: 'nadrzędna',
  joint: 'z, ze, od',
  conjunction: 'i',
  page: 'strona, str.',
  workspace: 'przestrzeń robocza',
  organization: 'organizacja, organizacje, klient, nazwa, firma',
  archived: 'zarchiwizowan[e|a|y], archiwalne, usunięt[e|a|y], zamknięt[e|a|y], byłe',
  everything: 'wszystkie',
  counter: 'organizacji',
  furniture: 'data, wygenerowano, raport, okres',
}

export default polish
