/** Every address of the site below `/{county}` that needs no code, once. */
export const county = '330726';

export const routes = [
  '',
  '/notices',
  '/matters',
  '/villages',
  '/villages/330726103203',
  '/register',
  '/follow',
  '/mine',
  '/outbox',
  '/spaces',
  '/number',
  '/carry',
  '/sent/none',
  '/help',
  '/feedback',
  '/settings',
  '/design',
  '/design/office',
  '/office',
  '/office/intake',
  '/office/not-registered',
  '/office/to-tell',
  '/office/matters',
  '/office/matters/new',
  '/office/tablet',
  '/office/accounts',
  '/office/slip',
  '/office/sign-in',
  '/office/visits',
  '/office/visits/new',
];

/** Each address in both languages. */
export const addresses = routes.flatMap((route) => [`/${county}${route}`, `/${county}/en${route}`]);
