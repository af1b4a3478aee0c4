// A thread that measures beside another one.
import { help } from '../../../src/engine/measure/measuringThread.node.ts';

help();
