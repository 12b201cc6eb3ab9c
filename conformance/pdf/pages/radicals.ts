/**
 * Radicals of Chinese characters and the ideographs that look the same: fonts draw both with one glyph, and a file then
 * says either. Kangxi radicals, the others, have theirs as compatibility forms.
 */
const radicals =
  '⺁⺄⺈⺊⺌⺍⺒⺟⺠⺧⺩⺫⺬⺶⺻⺼⻁⻄⻅⻆⻉⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳'
const ideographs =
  '厂乙刀卜小小巳母民牛王目示羊聿肉虎西见角贝车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟'

const anyRadical = new RegExp(`[\u2f00-\u2fd5${radicals}]`, 'g')

/** Text with the ideographs that radicals stand for, character by character. */
export function withIdeographs(text: string): string {
  return text.replace(
    anyRadical,
    (radical) => ideographs[radicals.indexOf(radical)] ?? radical.normalize('NFKC'),
  )
}
