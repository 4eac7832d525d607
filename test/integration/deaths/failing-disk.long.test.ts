import { everyRound } from '../../support/deaths/rounds.ts'

everyRound(['failed'])
