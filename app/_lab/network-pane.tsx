'use client';

import type { ComponentProps } from 'react';
import { Topology } from './topology';

/** The picture in its pane. */
export const NetworkPane = (props: ComponentProps<typeof Topology>) => (
  <div className="h-full min-h-0 bg-panel">
    <Topology {...props} />
  </div>
);
