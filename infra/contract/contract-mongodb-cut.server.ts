import { serverUrl } from '#adapters/shared-mongodb/testing-database.js';
import { cutSteps } from './cut-steps.js';

describe('a step of the view store on MongoDB that is cut off', () => cutSteps(serverUrl));
