import type { Language } from '../vocabulary/language.ts'

const dutch: Language = {
  name: 'Dutch',
  types: {
    locations: 'locaties, locatie, vestigingen',
    users: 'gebruikers, gebruiker, personen',
    sso: 'eenmalige aanmelding',
  },
  figures: {
    usage: 'gebruikt, gebruik, in gebruik, gebruikte, verbruik',
    limit: 'limiet, limieten, maximum, plafond, toegestaan, van',
    direct: 'direct, eigen',
    subtree: 'totaal, inclusief, incl(.), onderliggend, met onderliggende(n), cumulatief',
    free: 'beschikbaar, vrij, resterend',
    share: 'percentage, aandeel',
    effective: 'effectieve limiet, effectieve, begrensd door',
  },
  unlimited: 'onbeperkt, geen limiet',
  disabled: 'uitgeschakeld, geblokkeerd',
  nothing: 'geen',
  inherited: 'geërfd, overgenomen',
  total: 'totaal, eindtotaal, som',
  subtotal: 'subtotaal',
  statistic: 'gemiddelde, mediaan',
  parent: 'bovenliggend',
  joint: 'van, van de',
  conjunction: 'en',
  page: 'pagina, blz.',
  workspace: 'werkruimte',
  organization: 'organisatie(s), klant, naam, bedrijf',
  archived: 'gearchiveerd(e), verwijderd(e), gesloten, voormalige, opgeheven',
  everything: 'alle',
  counter: 'klanten, bedrijven',
  furniture: 'datum, gegenereerd, rapport, periode',
}

export default dutch
