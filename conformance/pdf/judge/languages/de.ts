import type { Language } from '../vocabulary/language.ts'

const german: Language = {
  name: 'German',
  types: {
    locations: 'standorte, standort, standorten, filiale(n), niederlassung(en), zweigstelle(n)',
    users: 'benutzer, benutzern, benutzerinnen, nutzer, nutzern, nutzerinnen, anwender, personen',
    sso: 'einmalanmeldung, sso-verbindung(en)',
  },
  figures: {
    usage: 'genutzt, verbrauch, verbraucht, nutzung, belegt, verwendet',
    limit: `
      limit, grenze, obergrenze, höchst, höchstwert, höchstgrenze, höchstzahl, kontingent, maximum, max(.), erlaubt,
      zulässig, von max, von`,
    direct: 'eigen, eigene(r)(n)(s), selbst, direkt',
    subtree: `
      gesamt, inkl(.), inkl(.) unter*, einschließlich, teilbaum, summe, kumuliert, mit unter*, untereinheiten`,
    free: 'frei, verfügbar, verbleibend',
    share: 'auslastung, anteil, prozent',
    effective: 'wirksame(r)(s) [limit|grenze], wirksam, wirksames, effektiv, begrenzt durch',
  },
  unlimited: 'unbegrenzt, unlimitiert, kein(e) [limit|grenze], ohne [limit|grenze]',
  disabled: 'gesperrt, deaktiviert, nicht [verfügbar|aktiviert]',
  nothing: 'keine, kein, keiner, keines, ohne',
  inherited: 'geerbt',
  total: 'gesamt, summe, gesamtsumme, insgesamt',
  subtotal: 'zwischensumme',
  statistic: 'durchschnitt, mittelwert',
  parent: 'übergeordnet, teil von, unter, gehört zu',
  joint: 'von',
  conjunction: 'und',
  page: 'seite, s.',
  workspace: 'arbeitsbereich',
  organization: 'organisation(en), kunde, firma',
  archived: 'archiviert(e), gelöscht(e), geschlossen(e), ehemalige, stillgelegt(e)',
  everything: 'alle, sämtliche',
  counter: 'einträge, eintrag, kunden, firmen',
  furniture: 'datum, erstellt, bericht, zeitraum, stand',
}

export default german
