/** What `<a href="…">` becomes where a page is drawn by the server (react.ts). */

import { type Element, Fragment, type Props } from "./react.ts";

export const jsx = (type: unknown, props: Props): Element => ({ type, props });
export { Fragment, jsx as jsxs };
