import type { View } from '../../app.tsx';

const Shown: View = () => <h1>run</h1>;

export default Shown;
