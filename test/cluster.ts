/** Cluster: before the first test that needs a database, what all of their servers begin from. */

import { prepareCluster } from "../src/store/fixture.ts";

export default prepareCluster;
