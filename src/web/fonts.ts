/** Fonts that the first view does without: code and logs, and what leaves the house. */

import "@fontsource/atkinson-hyperlegible-mono/latin-400.css";
import "@fontsource/source-serif-4/latin-400.css";
