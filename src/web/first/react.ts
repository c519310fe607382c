/**
 * React's interface as a page needs it that is drawn once, on the server: there are no later
 * turns, so state is what it begins with, and nothing has an effect.
 *
 * The build puts this in React's place for web/first alone (tools/build.mjs). What it cannot do
 * it throws at: a page that needs it is not drawn ahead.
 */

export type Node = Element | string | number | boolean | null | undefined | readonly Node[];
export type Props = Readonly<Record<string, unknown>>;

/** A component, or the name of an element, with what it was given. */
export type Element = { readonly type: unknown; readonly props: Props };

export const Fragment = ({ children }: Props): Node => children as Node;

/** A value for all that is drawn inside its provider. */
export type Context<T> = {
  readonly Provider: Provider<T>;
  value: T;
};
export type Provider<T> = { readonly of: Context<T> };

export function createContext<T>(value: T): Context<T> & Provider<T> {
  const context = { value } as Context<T> & Provider<T>;
  return Object.assign(context, { Provider: { of: context }, of: context });
}

export const useContext = <T>(context: Context<T>): T => context.value;

const toValue = <T>(initial: T | (() => T)): T =>
  typeof initial === "function" ? (initial as () => T)() : initial;

export const useState = <T>(initial: T | (() => T)): readonly [T, () => void] => [
  toValue(initial),
  nothing,
];
export const useRef = <T>(current: T): { current: T } => ({ current });
export const useMemo = <T>(make: () => T): T => make();
export const useCallback = <T>(act: T): T => act;
export const useSyncExternalStore = <T>(_: unknown, read: () => T, readFirst = read): T =>
  readFirst();
export const useEffect = nothing;
export const useLayoutEffect = nothing;
export const memo = <T>(component: T): T => component;

let ids = 0;
export const useId = (): string => `first-${(ids += 1)}`;

function nothing(): void {
  // Effects come with the app.
}

/** Drawn where the app draws what it waits for. */
export const Suspense = ({ children }: Props): Node => children as Node;

/** What is loaded when it is first needed is not needed by what is drawn ahead. */
export const lazy = () => (): never => {
  throw new Error("This is drawn ahead, and part of it is loaded later.");
};

export class Component {
  readonly props: Props;
  constructor(props: Props) {
    this.props = props;
  }
}
