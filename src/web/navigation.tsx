/**
 * Navigation: the address as state, and links that change it without a reload.
 *
 * As much of a router as this app needs: a flat list of pages, parameters, and
 * filters as text in the query. A page that is not loaded yet leaves the one before
 * it on screen; the same page follows its address at once, so that a field that
 * writes itself into the address can be typed into.
 */

import {
  type AnchorHTMLAttributes,
  type ComponentType,
  createContext,
  lazy,
  type MouseEvent,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { ROUTER_BASE, ROUTES } from "./paths.ts";
import { addressOf, type Place, placeOf, type Search } from "./place.ts";

export type Page = {
  readonly route: string;
  /** Fetches it; again and again costs nothing. */
  readonly load: () => Promise<unknown>;
  readonly component: ComponentType;
};

/** A page by its component's name in the file that `load` fetches. */
export const pageOf = <N extends string>(
  route: string,
  load: () => Promise<Readonly<Record<N, () => ReactNode>>>,
  name: N,
): Page => ({
  route,
  load,
  component: lazy(async () => ({ default: (await load())[name] as ComponentType })),
});

type Here = { readonly place: Place; readonly pages: readonly Page[] };

const Standing = createContext<Here>({ place: placeOf([], "", ""), pages: [] });

type Props = { readonly pages: readonly Page[]; readonly children: ReactNode };

/** What the pages stand in: follows the address, whoever changes it. */
export function Navigation({ pages, children }: Props) {
  const [place, setPlace] = useState(() => placeNow(pages));
  const shown = useRef(place);
  useEffect(() => {
    let wanted: Place;
    const follow = (): void => {
      const next = placeNow(pages);
      wanted = next;
      const show = (): void => {
        if (wanted === next) setPlace(next);
      };
      const page = pages.find(({ route }) => route === next.route);
      if (!page || next.route === shown.current.route) show();
      // One that cannot be loaded is shown too: what is wrong with it is said where it stands.
      else void page.load().then(show, show);
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, [pages]);
  // Fetched while the first answers are on their way, in a turn of its own: asking for a dozen files
  // takes as long as drawing what stands around the page.
  useEffect(() => {
    const first = pages.find(({ route }) => route === shown.current.route);
    const turn = setTimeout(() => void first?.load().catch(() => undefined));
    return () => clearTimeout(turn);
  }, [pages]);
  useLayoutEffect(() => {
    const isElsewhere = place.path !== shown.current.path;
    shown.current = place;
    // Going back is the browser's own to scroll.
    if (isElsewhere && isForward) scrollTo(0, 0);
    isForward = false;
  }, [place]);
  return <Standing value={{ place, pages }}>{children}</Standing>;
}

/** Whether the last change of the address was ours. */
let isForward = false;

function placeNow(pages: readonly Page[]): Place {
  const routes = pages.map(({ route }) => route);
  const path = location.pathname.slice(ROUTER_BASE.length).replace(/\/+$/, "");
  if (path !== "") return placeOf(routes, path, location.search);
  history.replaceState(null, "", ROUTER_BASE + ROUTES.inbox);
  return placeOf(routes, ROUTES.inbox, "");
}

export const usePlace = (): Place => useContext(Standing).place;

/** The page that is shown; undefined where there is none at this address. */
export function usePage(): Page | undefined {
  const { place, pages } = useContext(Standing);
  return pages.find(({ route }) => route === place.route);
}

/** The filters in the address. */
export const useSearch = (): Search => usePlace().search;

/** The parameters of the page that is shown. */
export const useParams = (): Readonly<Record<string, string>> => usePlace().params;

export type To = {
  /** A route of paths.ts; the page that is shown, if not said. */
  readonly to?: string | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly search?: Search | undefined;
};

const hrefOf = ({ to, params, search }: To): string =>
  to === undefined
    ? addressOf(location.pathname, {}, search)
    : ROUTER_BASE + addressOf(to, params, search);

/** Goes somewhere. With `replace`, Back does not lead here again. */
export function navigate({ replace, ...to }: To & { readonly replace?: boolean }): void {
  const href = hrefOf(to);
  if (replace || href === location.pathname + location.search) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  isForward = true;
  dispatchEvent(new PopStateEvent("popstate"));
}

type LinkProps = To & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href">;

/** A link within the app; the one to where we are, or above it, is `active`. */
export function Link({ to, params, search, className = "", ...rest }: LinkProps) {
  const { place, pages } = useContext(Standing);
  const isActive = to !== undefined && `${place.path}/`.startsWith(`${to}/`);
  const follow = (event: MouseEvent): void => {
    const isOther = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (isOther || event.button !== 0) return;
    event.preventDefault();
    navigate({ to, params, search });
  };
  // Who points at a link is about to follow it.
  const ready = (): void => void pages.find(({ route }) => route === to)?.load();
  return (
    // oxlint-disable-next-line jsx-a11y/anchor-has-content
    <a
      href={hrefOf({ to, params, search })}
      className={isActive ? `${className} active`.trim() : className || undefined}
      aria-current={isActive ? "page" : undefined}
      onClick={follow}
      onPointerEnter={ready}
      onFocus={ready}
      {...rest}
    />
  );
}
