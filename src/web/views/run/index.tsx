import './run.css';
import type { View } from '../../app.tsx';
import { LiveRun } from './live-run.tsx';
import { StoredRun } from './stored-run.tsx';

/** A run of the storage, or those of a simulation that is being played. */
const RunView: View = ({ params }) => {
  const job = params.get('job');
  return job === null ? <StoredRun params={params} /> : <LiveRun key={job} id={job} />;
};

export default RunView;
