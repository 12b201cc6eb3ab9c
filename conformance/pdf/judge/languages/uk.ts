import type { Language } from '../vocabulary/language.ts'

const ukrainian: Language = {
  name: 'Ukrainian',
  types: {
    locations: "локації, локація, локацій, об'єкти",
    users: 'користувачі, користувач*',
    sso: 'єдиний вхід',
  },
  figures: {
    usage: 'використано, використовується, використання, зайнято',
    limit: 'ліміт, ліміти, обмеження, максимум',
    direct: 'власні, власне, безпосередньо',
    subtree: 'з підпорядкованими, з дочірніми, дочірн*',
    free: 'вільно, залишилося, доступно',
    share: 'частка, відсоток',
    effective: 'чинний ліміт',
  },
  unlimited: 'без обмежень, необмежено, без ліміту',
  disabled: 'вимкнено, заборонено, заблоковано',
  nothing: 'немає',
  inherited: 'успадковано',
  total: 'усього, всього, разом, підсумок',
  subtotal: 'проміжний підсумок',
  statistic: 'середнє, медіана',
  parent: 'батьківська організація',
  joint: 'з, із',
  conjunction: 'і, та',
  page: 'сторінка, стор.',
  workspace: 'робочий простір',
  organization: 'організація, організації, клієнт, назва, компанія',
  furniture: 'дата, створено, звіт, період',
}

export default ukrainian
