import { install } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";

// No test talks to the shell; those that care put their own answers over these.
install(fake());
