import type { Language } from '../vocabulary/language.ts'

const hindi: Language = {
  name: 'Hindi',
  types: {
    locations: 'स्थान, स्थानों, साइटें',
    users: 'उपयोगकर्ता, उपयोगकर्ताओं, यूज़र',
    sso: 'एकल साइन-ऑन',
  },
  figures: {
    usage: 'उपयोग, प्रयुक्त, उपयोग में',
    limit: 'सीमा, अधिकतम, अनुमत',
    direct: 'प्रत्यक्ष, स्वयं',
    subtree: 'उप-संगठनों सहित, उप संगठनों सहित',
    free: 'शेष, उपलब्ध',
    share: 'प्रतिशत, अनुपात',
    effective: 'प्रभावी सीमा',
  },
  unlimited: 'असीमित, कोई सीमा नहीं',
  disabled: 'अक्षम, बंद, अनुमति नहीं',
  nothing: 'कोई नहीं',
  inherited: 'विरासत में',
  total: 'कुल, कुल योग, योग',
  subtotal: 'उप-योग',
  statistic: 'औसत, माध्यिका',
  parent: 'मूल संगठन',
  reversedJoint: 'में से',
  conjunction: 'और',
  page: 'पृष्ठ',
  workspace: 'कार्यस्थान',
  organization: 'संगठन, ग्राहक, नाम, कंपनी',
  archived: 'संग्रहीत, हटाए गए, बंद',
  everything: 'सभी',
  furniture: 'दिनांक, रिपोर्ट, अवधि',
}

export default hindi
