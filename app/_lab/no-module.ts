/** Stands for modules of Node in the browser (see next.config.js). */
export {};
