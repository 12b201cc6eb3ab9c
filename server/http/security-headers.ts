import helmet from 'helmet'

/** For what is no page. */
export const securityHeaders = helmet({
  // Nothing of the API is a page, and it is plain HTTP: that is for whoever puts TLS in front.
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  strictTransportSecurity: false,
})
