import type { Language } from '../vocabulary/language.ts'

const turkish: Language = {
  name: 'Turkish',
  types: {
    locations: 'konumlar, konum',
    users: 'kullanıcılar, kullanıcı',
    sso: 'tek oturum açma',
  },
  figures: {
    usage: 'kullanılan, kullanım',
    limit: 'sınır, üst sınır, limit, azami',
    direct: 'doğrudan, kendi',
    subtree: 'alt toplam, alt birimlerle, alt birimler dahil, dahil',
    free: 'kalan, boş, kullanılabilir',
    share: 'oran, yüzde',
    effective: 'geçerli sınır',
  },
  unlimited: 'sınırsız, limitsiz, sınır yok',
  disabled: 'devre dışı, kapalı',
  nothing: 'yok',
  inherited: 'devralınan, devralındı',
  total: 'toplam, genel toplam',
  subtotal: 'ara toplam',
  statistic: 'ortalama, medyan',
  parent: 'üst kuruluş',
  reversedJoint: 'üzerinden',
  conjunction: 've',
  page: 'sayfa',
  workspace: 'çalışma alanı',
  organization: 'kuruluş(lar), müşteri, ad, şirket',
  archived: 'arşivlenen(ler), arşivlenmiş, arşiv, silinen(ler), silinmiş, kapalı, eski',
  everything: 'tüm, bütün, hepsi',
  furniture: 'tarih, oluşturuldu, rapor, dönem',
}

export default turkish
