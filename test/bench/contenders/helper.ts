// A thread that measures beside another one.
import { help } from '../../../src/engine/measure/helper.node.ts';

help();
