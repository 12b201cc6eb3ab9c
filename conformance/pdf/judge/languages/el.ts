import type { Language } from '../vocabulary/language.ts'

const greek: Language = {
  name: 'Greek',
  types: {
    locations: 'τοποθεσίες, τοποθεσία',
    users: 'χρήστες, χρήστης',
    sso: 'ενιαία σύνδεση',
  },
  figures: {
    usage: 'σε χρήση, χρήση, χρησιμοποιούνται, χρησιμοποιημένα',
    limit: 'όριο, όρια, μέγιστο',
    direct: 'άμεση, άμεσα, ίδια',
    subtree: 'συνολικά, με θυγατρικές',
    free: 'διαθέσιμα, διαθέσιμο, υπόλοιπο',
    share: 'ποσοστό',
    effective: 'ισχύον όριο',
  },
  unlimited: 'απεριόριστο, απεριόριστα, χωρίς όριο',
  disabled: 'απενεργοποιημένο, ανενεργό',
  nothing: 'κανένα, κανένας',
  inherited: 'κληρονομείται',
  total: 'σύνολο, γενικό σύνολο',
  subtotal: 'μερικό σύνολο',
  statistic: 'μέσος όρος, διάμεσος',
  parent: 'γονικός οργανισμός',
  joint: 'από',
  conjunction: 'και',
  page: 'σελίδα, σελ.',
  workspace: 'χώρος εργασίας',
  organization: 'οργανισμός, οργανισμοί, πελάτης, όνομα, εταιρεία',
  archived: 'αρχειοθετημέν*, διαγραμμέν*, πρώην',
  everything: 'όλα, όλοι, όλες, όλοι οι',
  furniture: 'ημερομηνία, δημιουργήθηκε, αναφορά, περίοδος',
}

export default greek
