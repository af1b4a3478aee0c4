// Without Node no file system says where a link goes.
import { fileWithoutLinks } from './fileWithoutLinks.ts';

export const realFile = fileWithoutLinks;
