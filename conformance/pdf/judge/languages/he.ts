import type { Language } from '../vocabulary/language.ts'

const hebrew: Language = {
  name: 'Hebrew',
  types: {
    locations: 'אתרים, (ה)אתרים, סניפים, מיקומים',
    users: 'משתמשים, (ה)משתמשים, משתמש',
    sso: 'כניסה יחידה, התחברות אחודה',
  },
  figures: {
    usage: 'בשימוש, שימוש, נוצל, ניצול',
    limit: 'מגבלה, תקרה, מכסה, מקסימום, מותר',
    direct: 'ישיר, עצמי',
    subtree: 'כולל יחידות משנה, כולל כפופים, מצטבר',
    free: 'פנוי, זמין, נותר',
    share: 'אחוז, שיעור',
    effective: 'מגבלה בפועל',
  },
  unlimited: 'ללא הגבלה, ללא מגבלה, בלתי מוגבל',
  disabled: 'מושבת, חסום, אסור, כבוי',
  nothing: 'אין',
  inherited: 'בירושה',
  total: 'סה״כ, סה"כ, סך הכול, סך הכל',
  subtotal: 'סכום ביניים',
  statistic: 'ממוצע, חציון',
  parent: 'ארגון אב',
  joint: 'מתוך',
  conjunction: 'וגם',
  page: 'עמוד, עמ׳',
  workspace: 'סביבת עבודה',
  organization: 'ארגון, ארגונים, לקוח, שם, חברה',
  archived: 'בארכיון, מאורכב, מאורכבים, מחוקים, סגורים',
  everything: 'כל, הכל, כולם',
  furniture: 'תאריך, נוצר, דוח, תקופה',
}

export default hebrew
